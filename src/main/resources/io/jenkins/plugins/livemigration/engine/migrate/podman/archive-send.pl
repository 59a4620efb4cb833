# Reads an uncompressed checkpoint archive (tar) from standard input and writes records for archive-receive.pl.
# Arguments: SEED ENDED PAGES. SEED is a copy of the memory that the receiver has, too (empty: none); of the members
# checkpoint/pages-*.img only those pages are sent that are not in it. ENDED is created when the archive is whole.
# PAGES is a directory to which such members may be links, so that they are written there and not into the archive
# (empty or missing: none). They are sent from there while they are being written; the archive begins when all are whole.
#
# Records, integers big-endian:
#   R length data        bytes of the archive as they are
#   P length name        the pages of this member follow, which is left out of the archive
#   C first count        ... pages of the seed
#   L length data        ... other bytes
#   E length             ... end of the member, its whole length
#   Z length             end of the archive, length of all R
#
# The receiver builds the first member in place, in the seed itself, as long as pages stay where they are; if they do to
# the end there is no seed any more for further members.
use strict;
use warnings;
my $page = 4096;
my $chunk = 64 * $page;
my $worthwhile = 1 << 20;
my $sample = 16;
my ($seedPath, $ended, $beside) = @ARGV;
$beside = '' unless defined $beside && -d $beside;
binmode STDIN;
binmode STDOUT;
# Larger pipes need fewer turns (F_SETPIPE_SZ); it does not matter if that is refused.
fcntl(STDIN, 1031, 1 << 20);
fcntl(STDOUT, 1031, 1 << 20);
my ($seed, $far, $pages) = (undef, undef, 0);
my %where;

sub key { return substr($_[0], $_[1] + 64, 24) . substr($_[0], $_[1] + 2048, 24) }

my $nothing = "\0" x 48;
if (length $seedPath) {
    open($seed, '<:raw', $seedPath) or die "seed: $!\n";
    open($far, '<:raw', $seedPath) or die "seed: $!\n";
    $pages = int((-s $seedPath) / $page);
    # Every sixteenth page is enough to find the way again; what occurs twice shows none.
    for (my $at = 0; $at < $pages; $at += $sample) {
        sysseek($far, $at * $page, 0);
        sysread($far, my $data, $page) == $page or die "seed: $!\n";
        my $key = key($data, 0);
        next if $key eq $nothing;
        $where{$key} = exists $where{$key} ? -1 : $at;
    }
}

my $out = '';

sub flush {
    my $done = 0;
    while ($done < length $out) {
        my $written = syswrite(STDOUT, $out, length($out) - $done, $done);
        die "write: $!\n" unless $written;
        $done += $written;
    }
    $out = '';
}

my ($buffer, $offset, $eof) = ('', 0, 0);

# At least so many bytes in the buffer; dies at the end of the input.
sub need {
    my ($count) = @_;
    return if length($buffer) - $offset >= $count;
    substr($buffer, 0, $offset, '');
    $offset = 0;
    while (length($buffer) < $count) {
        my $got = sysread(STDIN, $buffer, 1 << 20, length $buffer);
        die "read: $!\n" unless defined $got;
        die "the archive is cut off\n" unless $got;
    }
}

my $passed = 0;

sub pass {
    my ($data) = @_;
    $out .= pack('a N', 'R', length $data) . $data;
    $passed += length $data;
    flush() if length $out > 1 << 18;
}

sub passNext {
    my ($left) = @_;
    while ($left > 0) {
        need($left < $chunk ? $left : $chunk);
        my $here = length($buffer) - $offset;
        $here = $left if $here > $left;
        pass(substr($buffer, $offset, $here));
        $offset += $here;
        $left -= $here;
    }
}

sub skip {
    my ($left) = @_;
    while ($left > 0) {
        my $count = $left < $chunk ? $left : $chunk;
        need($count);
        $offset += $count;
        $left -= $count;
    }
}

sub number {
    my ($field) = @_;
    if (ord($field) & 0x80) {
        my $value = ord($field) & 0x7f;
        $value = $value * 256 + $_ for unpack('C*', substr($field, 1));
        return $value;
    }
    $field =~ s/[\0 ]+$//;
    $field =~ s/^ +//;
    return oct($field || 0);
}

my ($inPlace, $members) = (1, 0);

# Begins a member whose pages are looked up in the seed. What is returned takes its bytes, one after another: a reference
# to a string, from where, how many; only the last ones may be other than whole pages. Without arguments it ends the member.
sub member {
    my ($name) = @_;
    my $known = $inPlace && $members ? 0 : $pages;
    $members++;
    $out .= pack('a N', 'P', length $name) . $name;
    my ($size, $at, $pointer, $copyFirst, $copyCount, $seedAt) = (0, 0, 0, 0, 0, -1);
    my $endCopy = sub {
        return unless $copyCount;
        $out .= pack('a Q> N', 'C', $copyFirst, $copyCount);
        $copyCount = 0;
    };
    my $copy = sub {
        my ($first, $count) = @_;
        $inPlace = 0 if $first != $at;
        if ($copyCount && $copyFirst + $copyCount == $first) { $copyCount += $count }
        else { $endCopy->(); ($copyFirst, $copyCount) = ($first, $count) }
        $at += $count;
    };
    return sub {
        my ($data, $from, $length) = @_;
        if (!defined $data) {
            $endCopy->();
            $out .= pack('a Q>', 'E', $size);
            flush();
            return;
        }
        $size += $length;
        my $count = int($length / $page);
        my $seen = '';
        my $seenFrom = $pointer;
        if ($pointer < $known) {
            sysseek($seed, $pointer * $page, 0) if $seedAt != $pointer;
            my $got = sysread($seed, $seen, $count * $page);
            die "seed: $!\n" unless defined $got;
            $seedAt = $got % $page ? -1 : $pointer + $got / $page;
        }
        if ($count && $count * $page == $length && length($seen) == $length
            && (length($$data) == $length ? $seen eq $$data : $seen eq substr($$data, $from, $length))) {
            $copy->($pointer, $count);
            $pointer += $count;
            return;
        }
        my ($literal, $literalFrom) = (0, 0);
        my $endLiteral = sub {
            return unless $literal;
            $endCopy->();
            $out .= pack('a N', 'L', $literal) . substr($$data, $from + $literalFrom, $literal);
            $literal = 0;
            flush() if length $out > 1 << 18;
        };
        for (my $i = 0; $i < $count; $i++) {
            my $here = ($pointer - $seenFrom) * $page;
            if ($here >= 0 && $here + $page <= length $seen
                && substr($seen, $here, $page) eq substr($$data, $from + $i * $page, $page)) {
                my $run = 1;
                my $most = int((length($seen) - $here) / $page);
                $most = $count - $i if $most > $count - $i;
                my ($one, $two) = ($here + $page, $from + ($i + 1) * $page);
                while ($run < $most && substr($seen, $one, $page) eq substr($$data, $two, $page)) {
                    $run++;
                    $one += $page;
                    $two += $page;
                }
                $endLiteral->();
                $copy->($pointer, $run);
                $pointer += $run;
                $i += $run - 1;
                next;
            }
            if ($known) {
                my $found = $where{ key($$data, $from + $i * $page) };
                if (defined $found && $found >= 0 && $found != $pointer) {
                    sysseek($far, $found * $page, 0);
                    sysread($far, $seen, $count * $page);
                    $seenFrom = $found;
                    if (substr($seen, 0, $page) eq substr($$data, $from + $i * $page, $page)) {
                        $endLiteral->();
                        $pointer = $found;
                        $copy->($pointer++, 1);
                        $seedAt = -1;
                        next;
                    }
                }
            }
            $literalFrom = $i * $page unless $literal;
            $literal += $page;
            $at++;
            $pointer++;
        }
        my $rest = $length - $count * $page;
        if ($rest) {
            $literalFrom = $count * $page unless $literal;
            $literal += $rest;
        }
        $endLiteral->();
    };
}

# Members beside the archive: how long they were when they were sent, and the one that is being sent.
my %sent;
my ($number, $file, $send, $at) = (1, undef, undef, 0);

# Sends what there is of them; true if there was anything. When the archive begins, all are whole.
sub sendBeside {
    my ($whole) = @_;
    return 0 unless $pages;
    my $did = 0;
    while (1) {
        my $name = "pages-$number.img";
        # They are written one after another.
        my $last = $whole || -e "$beside/pages-" . ($number + 1) . '.img';
        my $size = (-s "$beside/$name") || 0;
        if (!$send) {
            if ($size < $worthwhile) {
                return $did unless $last && -e "$beside/$name";
                $number++;
                next;
            }
            open($file, '<:raw', "$beside/$name") or die "$name: $!\n";
            ($send, $at) = (member($name), 0);
        }
        while ($size - $at >= $chunk || $last && $at < $size) {
            my $wanted = $size - $at < $chunk ? $size - $at : $chunk;
            my $got = sysread($file, my $data, $wanted);
            die "$name: cannot be read\n" unless defined $got && $got == $wanted;
            $send->(\$data, 0, $wanted);
            $at += $wanted;
            $did = 1;
        }
        return $did unless $last;
        $send->();
        $sent{$name} = $at;
        undef $send;
        $number++;
    }
}

# Passes one of them on as an ordinary member of the archive.
sub passBeside {
    my ($name) = @_;
    open(my $in, '<:raw', "$beside/$name") or die "$name: $!\n";
    my $size = -s $in || 0;
    my $header = pack('a100 a8 a8 a8 a12 a12 A8 a1 a100 a6 a2 x247', "checkpoint/$name", '0000600', '0000000', '0000000',
        sprintf('%011o', $size), sprintf('%011o', time), '', '0', '', 'ustar', '00');
    substr($header, 148, 7, sprintf("%06o\0", unpack('%32C*', $header)));
    pass($header);
    for (my $left = $size; $left > 0; $left -= $chunk) {
        my $wanted = $left < $chunk ? $left : $chunk;
        my $got = sysread($in, my $data, $wanted);
        die "$name: cannot be read\n" unless defined $got && $got == $wanted;
        pass($data . "\0" x (-$wanted % 512));
    }
    $sent{$name} = $size;
}

if (length $beside) {
    my $did = 0;
    while (1) {
        my $ready = '';
        vec($ready, fileno(STDIN), 1) = 1;
        last if select($ready, undef, undef, $did ? 0 : 0.002) > 0;
        $did = sendBeside(0);
        flush() unless $did;
    }
    sendBeside(1);
}

my ($headers, $longName, $longSize, $zeros) = ('', undef, undef, 0);
while ($zeros < 2) {
    need(512);
    my $header = substr($buffer, $offset, 512);
    $offset += 512;
    if ($header eq "\0" x 512) {
        $zeros++;
        # Whatever became of their links: they belong to the checkpoint.
        if (length $beside) {
            opendir(my $list, $beside) or die "$beside: $!\n";
            exists $sent{$_} or passBeside($_) for grep { /^pages-\d+\.img\z/ } readdir $list;
        }
        pass($header);
        next;
    }
    $zeros = 0;
    my ($name, $type) = (unpack('Z100', $header), substr($header, 156, 1));
    my $size = number(substr($header, 124, 12));
    my $padded = ($size + 511) & ~511;
    if ($type =~ /[xgLK]/) {
        need($padded);
        my $body = substr($buffer, $offset, $padded);
        $offset += $padded;
        if ($type eq 'g') { pass($header . $body); next }
        $headers .= $header . $body;
        if ($type eq 'L') { ($longName = substr($body, 0, $size)) =~ s/\0.*//s }
        if ($type eq 'x') {
            my $text = substr($body, 0, $size);
            while ($text =~ s/^(\d+) //) {
                my $record = substr($text, 0, $1 - length($1) - 1, '');
                my ($key, $value) = $record =~ /^([^=]*)=(.*)\n\z/s or last;
                $longName = $value if $key eq 'path';
                $longSize = $value if $key eq 'size';
            }
        }
        next;
    }
    $name = $longName if defined $longName;
    if (defined $longSize) { $size = $longSize; $padded = ($size + 511) & ~511 }
    my ($image) = $name =~ m{^(?:\./)?checkpoint/(pages-\d+\.img)\z};
    my $regular = $type eq '0' || $type eq "\0";
    if (length $beside && defined $image && $type eq '2') {
        # A link that was never used is of no use to anybody.
        passBeside($image) if -e "$beside/$image" && !exists $sent{$image};
    } elsif ($regular && defined $image && exists $sent{$image}) {
        die "$image is $size bytes long instead of $sent{$image}\n" unless $size == $sent{$image};
        skip($padded);
    } elsif ($regular && defined $image && $pages && $size >= $worthwhile) {
        my $send = member($image);
        for (my $left = $size; $left > 0; $left -= $chunk) {
            my $length = $left < $chunk ? $left : $chunk;
            need($length);
            $send->(\$buffer, $offset, $length);
            $offset += $length;
        }
        $send->();
        $sent{$image} = $size;
        skip($padded - $size);
    } else {
        pass($headers . $header);
        passNext($type =~ /[1-6]/ ? 0 : $padded);
        $sent{$image} = $size if $regular && defined $image;
    }
    ($headers, $longName, $longSize) = ('', undef, undef);
}
for my $name (keys %sent) {
    die "$name was still being written\n" if length $beside && -e "$beside/$name" && (-s _ || 0) != $sent{$name};
}
$out .= pack('a Q>', 'Z', $passed);
if (defined $ended) {
    open(my $file, '>', $ended) or die "$ended: $!\n";
}
flush();
close STDOUT;
# What follows the end is padding; whoever writes it must not find the pipe closed.
1 while sysread(STDIN, $buffer, 1 << 20);
