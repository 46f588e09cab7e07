# With -generate-config-out, and without a resource block, this needs `provider = livestation` too.
import {
  to = livestation_vod2live_channel.shows
  id = "ls-20260102030405-Vd2Lv"
}
