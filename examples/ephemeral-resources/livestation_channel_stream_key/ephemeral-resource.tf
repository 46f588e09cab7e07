ephemeral "livestation_channel_stream_key" "stage" {
  channel_id = "ls-20260102030405-Gn7Ch"
}

# Replace `test` with the command that sets up your encoder. Neither state nor plan contains the key.
resource "terraform_data" "encoder" {
  provisioner "local-exec" {
    command = "test -n \"$STREAM_KEY\""

    environment = {
      STREAM_KEY = ephemeral.livestation_channel_stream_key.stage.stream_key
    }
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
