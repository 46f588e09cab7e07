# With -generate-config-out, and without a resource block, this needs `provider = livestation` too.
import {
  to = livestation_quality_profile.hd
  id = "3102"
}
