"""What train_checker.py trains the checker with: claims, made and labelled, and the model itself."""
