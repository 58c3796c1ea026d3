// Command porcupine reads histories as JSON lines and says of each whether it is linearizable, by a checker that is not ours.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"time"

	"github.com/anishathalye/porcupine"
)

type operation struct {
	Client int    `json:"client"`
	Kind   string `json:"kind"`
	Amount int64  `json:"amount"`
	// Told is done, refused, open or read; what a reading said stands in Left.
	Told string `json:"told"`
	Left int64  `json:"left"`
	// Microseconds.
	From  int64 `json:"from"`
	Until int64 `json:"until"`
}

type history struct {
	Document   string      `json:"document"`
	Total      int64       `json:"total"`
	Operations []operation `json:"operations"`
}

// model is the balance of one document, without anything else of the registry.
func model(total int64) porcupine.Model {
	balance := porcupine.NondeterministicModel{
		Init: func() []interface{} { return []interface{}{total} },
		Step: func(state, input, _ interface{}) []interface{} {
			return step(state.(int64), input.(operation))
		},
	}
	return balance.ToModel()
}

func step(left int64, asked operation) []interface{} {
	same, none := []interface{}{left}, []interface{}(nil)
	switch {
	case asked.Kind == "read":
		if asked.Left == left {
			return same
		}
		return none
	case asked.Kind == "release":
		if asked.Told == "open" {
			return []interface{}{left, left + asked.Amount}
		}
		return []interface{}{left + asked.Amount}
	case asked.Told == "refused":
		if asked.Amount > left {
			return same
		}
		return none
	case asked.Told == "open":
		if asked.Amount > left {
			return same
		}
		return []interface{}{left, left - asked.Amount}
	case asked.Amount > left:
		return none
	}
	return []interface{}{left - asked.Amount}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<28)
	for lines.Scan() {
		var read history
		if err := json.Unmarshal(lines.Bytes(), &read); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		operations := make([]porcupine.Operation, len(read.Operations))
		for i, one := range read.Operations {
			until := one.Until
			if one.Told == "open" {
				until = math.MaxInt64
			}
			operations[i] = porcupine.Operation{ClientId: one.Client, Input: one, Call: one.From, Return: until}
		}
		verdict := porcupine.CheckOperationsTimeout(model(read.Total), operations, time.Minute)
		fmt.Printf("%s %s\n", read.Document, verdict)
	}
	if err := lines.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
