# by the id of the channel
terraform import livestation_restream_channel.relay ls-20260102030405-Zx9Qa
