# With a secret by which the receiver recognises its caller. Events of all channels without their own callback endpoint arrive here.
resource "livestation_default_callback" "account" {
  callback_url = "https://hooks.example.com/live-station?secret=${urlencode(var.hook_secret)}"
}

variable "hook_secret" {
  type      = string
  sensitive = true
}
