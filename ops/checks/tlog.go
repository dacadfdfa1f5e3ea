// Checks a transparency log with Go's packages tlog and note, which share no code with ours.
//
// Everything is asked over HTTP, as a stranger would: the key, the checkpoint, all it takes of the tiles, proofs of
// inclusion and of consistency. Each proof is also bent by one bit, which must be refused. A proof file that carries its
// event is checked without asking anybody, given the log's key.
package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

type log struct {
	base  string
	tiles map[string][]byte
	size  int64
	root  tlog.Hash
	keys  note.Verifiers
}

func main() {
	vkey := flag.String("vkey", "", "the log's key, obtained elsewhere; asked from the log itself when absent")
	file := flag.String("proof", "", "a .tlog-proof file to check besides")
	samples := flag.Int("samples", 20, "how many random proofs of each kind")
	seed := flag.Int64("seed", time.Now().UnixNano(), "of the random choices")
	flag.Parse()
	alone := flag.NArg() == 0 && *vkey != "" && *file != ""
	if flag.NArg() != 1 && !alone {
		fmt.Fprintln(os.Stderr, "usage: tlog [-vkey KEY] [-proof FILE] [-samples N] [-seed N] https://host")
		fmt.Fprintln(os.Stderr, "       tlog -vkey KEY -proof FILE")
		os.Exit(2)
	}
	fmt.Println("seed", *seed)
	if err := run(strings.TrimSuffix(flag.Arg(0), "/"), *vkey, *file, *samples, rand.New(rand.NewSource(*seed))); err != nil {
		fmt.Fprintln(os.Stderr, "REFUSED:", err)
		os.Exit(1)
	}
}

func run(base, vkey, file string, samples int, random *rand.Rand) error {
	if vkey == "" {
		text, err := get(base+"/log1/vkey", "")
		if err != nil {
			return err
		}
		vkey = string(text)
	}
	var verifiers []note.Verifier
	for _, line := range strings.Fields(vkey) {
		verifier, err := note.NewVerifier(line)
		if err != nil {
			return err
		}
		verifiers = append(verifiers, verifier)
	}
	l := &log{base: base, tiles: map[string][]byte{}, keys: note.VerifierList(verifiers...)}
	if base == "" {
		return l.held(file, random)
	}
	checkpoint, err := get(base+"/log1/checkpoint", "")
	if err != nil {
		return err
	}
	if l.size, l.root, err = l.open(string(checkpoint)); err != nil {
		return err
	}
	bent := strings.Replace(string(checkpoint), "\n\n", "0\n\n", 1)
	if _, _, err := l.open(bent); err == nil {
		return errors.New("a bent checkpoint was accepted")
	}
	fmt.Println("ok: checkpoint of", l.size, "events, signed by", verifiers[0].Name())

	root, err := tlog.TreeHash(l.size, tlog.HashReaderFunc(l.hashes))
	if err != nil {
		return err
	}
	if root != l.root {
		return fmt.Errorf("the tiles give the root %v, not %v", root, l.root)
	}
	fmt.Println("ok: the tiles give the signed root")

	for i := 0; i < samples; i++ {
		if err := l.inclusion(1+random.Int63n(l.size), random); err != nil {
			return err
		}
	}
	fmt.Println("ok:", samples, "proofs of inclusion, as JSON and as files; bent ones refused")
	for i := 0; i < samples; i++ {
		if err := l.consistency(1+random.Int63n(l.size), random); err != nil {
			return err
		}
	}
	fmt.Println("ok:", samples, "proofs of consistency; bent ones refused")
	if file != "" {
		return l.held(file, random)
	}
	return nil
}

// held checks a proof file that somebody keeps, and that every bent copy of it is refused.
func (l *log) held(file string, random *rand.Rand) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	proof, err := l.read(string(text))
	if err != nil {
		return err
	}
	if err := proof.check(); err != nil {
		return err
	}
	bends := []func(*proofFile){
		func(p *proofFile) { p.index ^= 1 },
		func(p *proofFile) { p.root[random.Intn(tlog.HashSize)] ^= 1 },
	}
	if len(proof.hashes) > 0 {
		bends = append(bends, func(p *proofFile) {
			p.hashes = append([]tlog.Hash{}, p.hashes...)
			p.hashes[random.Intn(len(p.hashes))][random.Intn(tlog.HashSize)] ^= 1
		})
	}
	if proof.entry != "" {
		bends = append(bends,
			func(p *proofFile) { p.entry = flipped(p.entry, random) },
			func(p *proofFile) { p.payload = flipped(p.payload, random) })
	}
	for _, bend := range bends {
		bent := *proof
		bend(&bent)
		if bent.check() == nil {
			return errors.New("a bent proof file was accepted")
		}
	}
	fmt.Println("ok:", file, "and bent copies refused")
	return nil
}

// open verifies a checkpoint's signature and returns what it says.
func (l *log) open(text string) (int64, tlog.Hash, error) {
	signed, err := note.Open([]byte(text), l.keys)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[0] != signed.Sigs[0].Name {
		return 0, tlog.Hash{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return size, root, err
}

// hashes reads Go's stored hashes out of tiles of the C2SP form.
func (l *log) hashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		above := uint(level % tileHeight)
		first := n << above
		tile, err := l.tile(level/tileHeight, first>>tileHeight)
		if err != nil {
			return nil, err
		}
		hash, err := subtree(tile, int(first&(1<<tileHeight-1)), 1<<above)
		if err != nil {
			return nil, err
		}
		found = append(found, hash)
	}
	return found, nil
}

func subtree(tile []byte, offset, count int) (tlog.Hash, error) {
	if count == 1 {
		var hash tlog.Hash
		if len(tile) < (offset+1)*tlog.HashSize {
			return hash, errors.New("a tile is too short")
		}
		copy(hash[:], tile[offset*tlog.HashSize:])
		return hash, nil
	}
	left, err := subtree(tile, offset, count/2)
	if err != nil {
		return left, err
	}
	right, err := subtree(tile, offset+count/2, count/2)
	return tlog.NodeHash(left, right), err
}

func (l *log) tile(level int, index int64) ([]byte, error) {
	path := fmt.Sprintf("%03d", index%1000)
	for rest := index / 1000; rest > 0; rest /= 1000 {
		path = fmt.Sprintf("x%03d/%s", rest%1000, path)
	}
	width := l.size>>(uint(level)*tileHeight) - index<<tileHeight
	if width < 1<<tileHeight {
		path = fmt.Sprintf("%s.p/%d", path, width)
	}
	address := fmt.Sprintf("%s/log1/tile/%d/%s", l.base, level, path)
	if known := l.tiles[address]; known != nil {
		return known, nil
	}
	tile, err := get(address, "")
	if err == nil {
		l.tiles[address] = tile
	}
	return tile, err
}

func (l *log) inclusion(position int64, random *rand.Rand) error {
	address := fmt.Sprintf("%s/api/v1/ledger/proofs?position=%d", l.base, position)
	body, err := get(address, "application/json")
	if err != nil {
		return err
	}
	var proof struct {
		LeafIndex, TreeSize  int64
		LeafHash, Checkpoint string
		Hashes               []string
	}
	if err := json.Unmarshal(body, &proof); err != nil {
		return err
	}
	size, root, err := l.open(proof.Checkpoint)
	if err != nil {
		return err
	}
	leaf, err := tlog.ParseHash(proof.LeafHash)
	if err != nil {
		return err
	}
	hashes, err := parse(proof.Hashes)
	if err != nil {
		return err
	}
	if size != proof.TreeSize || proof.LeafIndex != position-1 {
		return fmt.Errorf("the proof at position %d is about something else", position)
	}
	if err := tlog.CheckRecord(hashes, size, root, proof.LeafIndex, leaf); err != nil {
		return fmt.Errorf("position %d: %w", position, err)
	}
	leaf[random.Intn(len(leaf))] ^= 1 << random.Intn(8)
	if tlog.CheckRecord(hashes, size, root, proof.LeafIndex, leaf) == nil {
		return errors.New("a bent leaf was accepted")
	}
	text, err := get(address, "text/plain")
	if err != nil {
		return err
	}
	file, err := l.read(string(text))
	if err != nil {
		return err
	}
	return file.check()
}

// proofFile is a c2sp.org/tlog-proof file, whose checkpoint is signed.
type proofFile struct {
	index, size    int64
	hashes         []tlog.Hash
	root           tlog.Hash
	leaf           tlog.Hash // as the log states it; unused when the file carries its event
	entry, payload string    // the event, when the file carries it
}

func (l *log) read(text string) (*proofFile, error) {
	head, checkpoint, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		return nil, errors.New("not a proof file")
	}
	lines = lines[1:]
	var proof proofFile
	if strings.HasPrefix(lines[0], "extra ") {
		bytes, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[0], "extra "))
		if err != nil {
			return nil, err
		}
		var carried struct{ Entry, Payload string }
		if err := json.Unmarshal(bytes, &carried); err != nil {
			return nil, err
		}
		proof.entry, proof.payload = carried.Entry, carried.Payload
		lines = lines[1:]
	}
	var err error
	if proof.index, err = strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64); err != nil {
		return nil, err
	}
	if proof.hashes, err = parse(lines[1:]); err != nil {
		return nil, err
	}
	if proof.size, proof.root, err = l.open(checkpoint); err != nil {
		return nil, err
	}
	if proof.entry != "" {
		return &proof, nil
	}
	if l.base == "" {
		return nil, errors.New("the file does not carry its event: name the log as well")
	}
	stored, err := l.hashes([]int64{tlog.StoredHashIndex(0, proof.index)})
	if err == nil {
		proof.leaf = stored[0]
	}
	return &proof, err
}

// check follows the hashes from the event, when the file carries it with its payload, to the signed root.
func (p *proofFile) check() error {
	leaf := p.leaf
	if p.entry != "" {
		var entry struct{ Payload string }
		if err := json.Unmarshal([]byte(p.entry), &entry); err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(p.payload))
		if base64.RawURLEncoding.EncodeToString(sum[:]) != entry.Payload {
			return errors.New("the payload carried is not that of the entry")
		}
		leaf = tlog.RecordHash([]byte(p.entry))
	}
	return tlog.CheckRecord(p.hashes, p.size, p.root, p.index, leaf)
}

// flipped returns a text with one bit of one byte changed.
func flipped(text string, random *rand.Rand) string {
	bytes := []byte(text)
	bytes[random.Intn(len(bytes))] ^= 1
	return string(bytes)
}

func (l *log) consistency(earlier int64, random *rand.Rand) error {
	body, err := get(fmt.Sprintf("%s/api/v1/ledger/consistency?from=%d&to=%d", l.base, earlier, l.size), "application/json")
	if err != nil {
		return err
	}
	var answer struct{ Hashes []string }
	if err := json.Unmarshal(body, &answer); err != nil {
		return err
	}
	proof, err := parse(answer.Hashes)
	if err != nil {
		return err
	}
	older, err := tlog.TreeHash(earlier, tlog.HashReaderFunc(l.hashes))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, l.size, l.root, earlier, older); err != nil {
		return fmt.Errorf("from %d to %d: %w", earlier, l.size, err)
	}
	older[random.Intn(len(older))] ^= 1 << random.Intn(8)
	if tlog.CheckTree(proof, l.size, l.root, earlier, older) == nil {
		return errors.New("a bent root was accepted")
	}
	return nil
}

func parse(texts []string) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, 0, len(texts))
	for _, text := range texts {
		hash, err := tlog.ParseHash(text)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

func get(address, accept string) ([]byte, error) {
	request, err := http.NewRequest("GET", address, nil)
	if err != nil {
		return nil, err
	}
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s", address, response.Status)
	}
	return io.ReadAll(response.Body)
}
