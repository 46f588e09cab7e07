ephemeral "livestation_stream_key" "relay" {
  channel_id = "ls-20260102030405-Zx9Qa"
}

# Replace `test` with the command that sets up your encoder. Neither state nor plan contains the key.
resource "terraform_data" "encoder" {
  provisioner "local-exec" {
    command = "test -n \"$STREAM_KEY\""

    environment = {
      STREAM_KEY = ephemeral.livestation_stream_key.relay.stream_key
    }
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
