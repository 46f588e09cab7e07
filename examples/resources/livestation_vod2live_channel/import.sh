# by the id of the channel
terraform import livestation_vod2live_channel.shows ls-20260102030405-Vd2Lv
