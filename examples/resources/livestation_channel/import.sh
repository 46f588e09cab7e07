# by the id of the channel
terraform import livestation_channel.stage ls-20260102030405-Gn7Ch
