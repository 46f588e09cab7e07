data "livestation_restream_channel" "relay" {
  channel_id = "ls-20260102030405-Zx9Qa"
}

# Warns in each plan and apply while a target fails.
check "relay_reaches_targets" {
  assert {
    condition     = !contains(data.livestation_restream_channel.relay.restream[*].connect_status, "FAIL")
    error_message = "The relay to a platform fails. Look at that platform, and at its stream key."
  }
}
