@rem The documentation of what this environment's Python can import.
@setlocal EnableExtensions DisableDelayedExpansion
@set python=__VIVARIUM_PYTHON__
@"%~dp0%python%" -m pydoc %*
