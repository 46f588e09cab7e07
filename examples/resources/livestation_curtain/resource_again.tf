# Each new value of break lays the curtain once more.
resource "livestation_curtain" "break" {
  channel_id  = "ls-20260102030405-Gn7Ch"
  content_ids = [512]

  triggers = { break = 2 }
}
