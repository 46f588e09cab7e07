# With a secret, which tells the receiver who calls. Events of all channels that have no callback endpoint of their own arrive here.
resource "livestation_default_callback" "account" {
  callback_url = "https://hooks.example.com/live-station?secret=${urlencode(var.hook_secret)}"
}

variable "hook_secret" {
  type      = string
  sensitive = true
}
