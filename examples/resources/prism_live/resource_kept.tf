# A change of the title would reserve a second live. With this, such a plan is refused.
resource "prism_live" "show" {
  provider = livestation

  channel_id = "ch-olive"
  title      = "Olive festival"

  lifecycle {
    prevent_destroy = true
  }
}
