ephemeral "livestation_channel_stream_key" "stage" {
  channel_id = "ls-20260102030405-Gn7Ch"
}

# In place of `test`: the command that sets up your encoder. Neither state nor plan holds the key.
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
