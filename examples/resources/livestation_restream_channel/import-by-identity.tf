# With -generate-config-out, and without a resource block, this needs `provider = livestation` too.
import {
  to = livestation_restream_channel.relay
  identity = {
    channel_id = "ls-20260102030405-Zx9Qa"
  }
}
