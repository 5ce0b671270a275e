//! HTTP: the OpenAPI endpoints, the pages, the shell's API, the Studio and the sandbox's control.
