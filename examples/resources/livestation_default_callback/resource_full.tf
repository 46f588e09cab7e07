variable "hook_secret" {
  type      = string
  sensitive = true
}

# Events of all channels that have no callback endpoint of their own arrive here. The secret tells the receiver who calls.
resource "livestation_default_callback" "account" {
  callback_url = "https://hooks.example.com/live-station?secret=${urlencode(var.hook_secret)}"
}
