# With -generate-config-out, and without a resource block, this needs `provider = livestation` too.
import {
  to = livestation_quality_set.show
  id = "4501"
}
