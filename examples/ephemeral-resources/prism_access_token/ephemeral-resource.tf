ephemeral "prism_access_token" "chat_bot" {
  provider = livestation
}

# Replace `test` with the command that needs the token.
resource "terraform_data" "chat_bot" {
  provisioner "local-exec" {
    command = "test -n \"$ACCESS_TOKEN\""

    environment = {
      ACCESS_TOKEN = ephemeral.prism_access_token.chat_bot.access_token
    }
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
