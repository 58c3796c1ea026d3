module pledgeonce/guesser

go 1.21
