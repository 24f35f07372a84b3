print("ruxue")
