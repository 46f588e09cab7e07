# With -generate-config-out, and without a resource block, this needs `provider = livestation` too.
import {
  to = livestation_quality_set.show
  identity = {
    quality_set_id = 4501
  }
}
