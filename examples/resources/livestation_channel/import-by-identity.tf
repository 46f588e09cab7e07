# With -generate-config-out, and without a resource block, this needs `provider = livestation` too.
import {
  to = livestation_channel.stage
  identity = {
    channel_id = "ls-20260102030405-Gn7Ch"
  }
}
