"""Every text a model or a person is shown, in Chinese and English side by side."""
