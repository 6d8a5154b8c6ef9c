"""``python -m governance.adapters.render_process``: what the parent starts."""

from governance.adapters.render_process.child import main

main()
