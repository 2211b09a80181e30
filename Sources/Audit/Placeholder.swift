// Placeholder: filled by the target's first real file.
