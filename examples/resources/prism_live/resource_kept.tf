# Changing the title would reserve a second live. This makes such a plan fail.
resource "prism_live" "show" {
  provider = livestation

  channel_id = "ch-olive"
  title      = "Olive festival"

  lifecycle {
    prevent_destroy = true
  }
}
