"""Many files -> their records: interrupted, it goes on; a document that kills its reader costs only itself."""
