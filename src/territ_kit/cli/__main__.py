"""`python -m territ_kit.cli`."""

import sys

from territ_kit.cli.main import main

sys.exit(main())
