# Write the resource block too: the service does not report which files a schedule plays.
import {
  to = livestation_vod2live_schedule.friday
  identity = {
    schedule_id = 3301
  }
}
