data "livestation_edge_profiles" "all" {}

# Edges of the first profile. Each is billed, even without a channel.
data "livestation_edges" "first" {
  profile_id = tolist(data.livestation_edge_profiles.all.profiles)[0].profile_id
}

output "edges" {
  value = { for edge in data.livestation_edges.first.edges : edge.name => "${edge.domain} (${edge.status})" }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
