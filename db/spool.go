package db

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"sync"
	"syscall"
)

// spoolSize is how many bytes a spool has, from its first day on: some 40,000
// entries of a few patients each.
const spoolSize = 16 << 20

// errSpoolFull says that a spool has no room for an entry.
var errSpoolFull = errors.New("the spool is full")

// A spool is a file in which entries wait until the database takes them. All its
// room is taken when it is made, so that it can be written to when the disk is
// full. What it holds is durable when add returns, and survives a kill: each entry
// bears its length and a checksum, and the first that is neither is the end.
type spool struct {
	file *os.File

	mu          sync.Mutex
	first, last int64 // where the oldest entry begins, and where the next will
	left        int   // entries between
}

const spoolHeader = 8 // length and checksum of an entry

// spoolMark is what a spool begins with, so that no other file is taken for one.
const spoolMark = "CQSPOOL1"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// openSpool opens the spool at path, which one process has at a time, or makes it.
func openSpool(path string) (*spool, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	s := &spool{file: file}
	if err := s.open(); err != nil {
		file.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

func (s *spool) open() error {
	if err := syscall.Flock(int(s.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return fmt.Errorf("another server uses it: %w", err)
	}
	if err := s.take(); err != nil {
		return err
	}
	s.first, s.last = int64(len(spoolMark)), int64(len(spoolMark))
	for {
		entry, err := s.read(s.last)
		if err != nil || entry == nil {
			return err
		}
		s.last += spoolHeader + int64(len(entry))
		s.left++
	}
}

// take takes all the room of the spool, where that was not done before.
func (s *spool) take() error {
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	size := info.Size()
	if size == 0 {
		if _, err := s.file.WriteAt([]byte(spoolMark), 0); err != nil {
			return err
		}
		size = int64(len(spoolMark))
	}
	mark := make([]byte, len(spoolMark))
	if _, err := s.file.ReadAt(mark, 0); err != nil || string(mark) != spoolMark || size > spoolSize {
		return errors.New("it holds something else: name a file that is not there (nothing was changed)")
	}
	if size == spoolSize {
		return nil
	}
	if _, err := s.file.WriteAt(make([]byte, spoolSize-size), size); err != nil {
		_ = s.file.Truncate(0) // or what was written would keep room for nothing
		return err
	}
	return s.file.Sync()
}

// read returns the entry that begins at a place, or nil where there is none.
func (s *spool) read(at int64) ([]byte, error) {
	var header [spoolHeader]byte
	if at > spoolSize-spoolHeader {
		return nil, nil
	}
	if _, err := s.file.ReadAt(header[:], at); err != nil {
		return nil, err
	}
	length, sum := int64(binary.BigEndian.Uint32(header[:4])), binary.BigEndian.Uint32(header[4:])
	if length == 0 || length > spoolSize-spoolHeader-at {
		return nil, nil
	}
	entry := make([]byte, length)
	if _, err := s.file.ReadAt(entry, at+spoolHeader); err != nil {
		return nil, err
	}
	if crc32.Checksum(entry, castagnoli) != sum {
		return nil, nil // it was not finished, and nobody was told that it was
	}
	return entry, nil
}

// add keeps an entry. The error is errSpoolFull where there is no room.
func (s *spool) add(entry []byte) error {
	text := binary.BigEndian.AppendUint32(make([]byte, 0, spoolHeader+len(entry)), uint32(len(entry)))
	text = append(binary.BigEndian.AppendUint32(text, crc32.Checksum(entry, castagnoli)), entry...)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last+int64(len(text)) > spoolSize {
		return errSpoolFull
	}
	if _, err := s.file.WriteAt(text, s.last); err != nil {
		return err
	}
	if err := s.file.Sync(); err != nil {
		return err
	}
	s.last += int64(len(text))
	s.left++
	return nil
}

// waiting is how many entries there are.
func (s *spool) waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.left
}

// drain hands the entries to take, the oldest first, until it fails or there are
// none left. One that take returned nil for is not handed out again, unless the
// process ends before all were taken.
func (s *spool) drain(take func(entry []byte) error) error {
	for {
		s.mu.Lock()
		at, left := s.first, s.left
		if left == 0 && at > int64(len(spoolMark)) {
			err := s.clear()
			s.mu.Unlock()
			return err
		}
		s.mu.Unlock()
		if left == 0 {
			return nil
		}
		entry, err := s.read(at)
		if err == nil && entry == nil {
			err = errors.New("an entry of the spool is damaged")
		}
		if err == nil {
			err = take(entry)
		}
		if err != nil {
			return err
		}
		s.mu.Lock()
		s.first, s.left = at+spoolHeader+int64(len(entry)), s.left-1
		s.mu.Unlock()
	}
}

// clear makes the room of all that was taken free. It is called with the lock held.
func (s *spool) clear() error {
	begin := int64(len(spoolMark))
	if _, err := s.file.WriteAt(make([]byte, s.last-begin), begin); err != nil {
		return err
	}
	if err := s.file.Sync(); err != nil {
		return err
	}
	s.first, s.last = begin, begin
	return nil
}

func (s *spool) close() error { return s.file.Close() }
