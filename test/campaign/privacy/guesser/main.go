// Command guesser holds a range of numbers against the hashes that blocks have, as fast as an outsider would: what
// dictionary.ts does for one number, for ten millions of them. It reads one order as JSON and says what it recognised.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
	"runtime"
	"sync"
)

type order struct {
	// Prefix and a number of so many digits make one guess.
	Prefix string `json:"prefix"`
	Digits int    `json:"digits"`
	From   int64  `json:"from"`
	Count  int64  `json:"count"`
	// Plain stands before a guess in what might be hashed without a key, Keyed in what is hashed with one.
	Plain []string `json:"plain"`
	Keyed []place  `json:"keyed"`
	Keys  [][]byte `json:"keys"`
	// Hashes of the blocks, hexadecimal.
	Ids         []string `json:"ids"`
	KeyHashes   []string `json:"keyHashes"`
	ValueHashes []string `json:"valueHashes"`
}

type place struct {
	Before  string   `json:"before"`
	Letters []string `json:"letters"`
}

type set map[[sha256.Size]byte]struct{}

func setOf(texts []string) (set, error) {
	made := make(set, len(texts))
	for _, text := range texts {
		bytes, err := hex.DecodeString(text)
		if err != nil || len(bytes) != sha256.Size {
			return nil, fmt.Errorf("%q is no hash", text)
		}
		made[[sha256.Size]byte(bytes)] = struct{}{}
	}
	return made, nil
}

// guesser belongs to one thread.
type guesser struct {
	order             *order
	ids, keys, values set
	macs              []hash.Hash
	text, keyed       []byte
}

func (g *guesser) recognises(number string) bool {
	for _, before := range g.order.Plain {
		plain := sha256.Sum256([]byte(before + number))
		if g.has(g.ids, plain) || g.has(g.keys, plain) || g.has(g.values, plain) {
			return true
		}
	}
	for _, mac := range g.macs {
		for _, one := range g.order.Keyed {
			if g.recognisesId(mac, one, number) {
				return true
			}
		}
	}
	return false
}

func (g *guesser) recognisesId(mac hash.Hash, one place, number string) bool {
	mac.Reset()
	g.text = append(append(g.text[:0], one.Before...), number...)
	mac.Write(g.text)
	var id [sha256.Size]byte
	mac.Sum(id[:0])
	if g.has(g.ids, id) {
		return true
	}
	for _, letter := range one.Letters {
		g.keyed = append(append(g.keyed[:0], letter...), '~')
		at := len(g.keyed)
		g.keyed = append(g.keyed, make([]byte, 2*sha256.Size)...)
		hex.Encode(g.keyed[at:], id[:])
		if g.has(g.keys, sha256.Sum256(g.keyed)) {
			return true
		}
	}
	return false
}

func (g *guesser) has(hashes set, wanted [sha256.Size]byte) bool {
	_, is := hashes[wanted]
	return is
}

// try holds each number of a share against everything.
func (g *guesser) try(from, count int64) (hits []string) {
	for number := from; number < from+count; number++ {
		guess := fmt.Sprintf("%s%0*d", g.order.Prefix, g.order.Digits, number)
		if g.recognises(guess) {
			hits = append(hits, guess)
		}
	}
	return hits
}

func run(read *order) (hits []string, err error) {
	var sets [3]set
	for i, texts := range [][]string{read.Ids, read.KeyHashes, read.ValueHashes} {
		if sets[i], err = setOf(texts); err != nil {
			return nil, err
		}
	}
	threads := int64(runtime.GOMAXPROCS(0))
	share := (read.Count + threads - 1) / threads
	var all sync.WaitGroup
	var lock sync.Mutex
	for begin := int64(0); begin < read.Count; begin += share {
		one := &guesser{order: read, ids: sets[0], keys: sets[1], values: sets[2]}
		for _, key := range read.Keys {
			one.macs = append(one.macs, hmac.New(sha256.New, key))
		}
		count := min(share, read.Count-begin)
		all.Add(1)
		go func(from int64) {
			defer all.Done()
			found := one.try(from, count)
			lock.Lock()
			defer lock.Unlock()
			hits = append(hits, found...)
		}(read.From + begin)
	}
	all.Wait()
	return hits, nil
}

func main() {
	var read order
	err := json.NewDecoder(os.Stdin).Decode(&read)
	if err == nil {
		var hits []string
		if hits, err = run(&read); err == nil {
			err = json.NewEncoder(os.Stdout).Encode(map[string]any{"tried": read.Count, "hits": append([]string{}, hits...)})
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
