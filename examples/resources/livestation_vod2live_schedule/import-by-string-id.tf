# Write the resource block too: the service does not report which files a schedule plays.
import {
  to = livestation_vod2live_schedule.friday
  id = "3301"
}
