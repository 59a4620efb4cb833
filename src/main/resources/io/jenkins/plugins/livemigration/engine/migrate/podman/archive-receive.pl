# Reads the records of archive-send.pl from standard input, and makes of them an archive without memory, and the memory.
# Arguments: ARCHIVE DIRECTORY. The directory holds the seed as "seed" and gets the members; empty: none.
# Prints "ready" first, and "bytes N", so many were read, when everything is whole. Anything else is an error.
use strict;
use warnings;
my $page = 4096;
my ($archivePath, $directory) = @ARGV;
binmode STDIN;
$| = 1;
open(my $archive, '>:raw', $archivePath) or die "$archivePath: $!\n";
my $seed;
if (length $directory) {
    open($seed, '+<:raw', "$directory/seed") or die "seed: $!\n";
}
fcntl(STDIN, 1031, 1 << 20);
print "ready\n";

my ($buffer, $offset, $total) = ('', 0, 0);

sub need {
    my ($count) = @_;
    return if length($buffer) - $offset >= $count;
    substr($buffer, 0, $offset, '');
    $offset = 0;
    while (length($buffer) < $count) {
        my $got = sysread(STDIN, $buffer, 1 << 20, length $buffer);
        die "read: $!\n" unless defined $got;
        die "the stream was cut off\n" unless $got;
        $total += $got;
    }
}

sub take {
    my ($count) = @_;
    need($count);
    $offset += $count;
    return substr($buffer, $offset - $count, $count);
}

sub save {
    my ($file, $start, $count) = @_;
    while ($count > 0) {
        my $written = syswrite($file, $buffer, $count, $start);
        die "write: $!\n" unless $written;
        $start += $written;
        $count -= $written;
    }
}

# Pages of the seed that were overwritten while building in place, as they had been.
my %old;

# Pages of the seed, from the file itself or kept, to the place at which the other file is.
sub copySeed {
    my ($into, $first, $count) = @_;
    while ($count > 0) {
        my $run = 0;
        if (defined $old{$first}) {
            syswrite($into, $old{$first}, $page) == $page or die "write: $!\n";
            $run = 1;
        } else {
            if (%old) { $run++ while $run < $count && !defined $old{$first + $run} }
            else { $run = $count }
            sysseek($seed, $first * $page, 0);
            copyPages($seed, $into, $run * $page);
        }
        $first += $run;
        $count -= $run;
    }
}

# From one file to another, both at their own places.
sub copyPages {
    my ($from, $into, $left) = @_;
    while ($left > 0) {
        my $count = $left < 1 << 20 ? $left : 1 << 20;
        my $got = sysread($from, my $data, $count);
        die "seed: $!\n" unless $got;
        my $done = 0;
        while ($done < $got) {
            my $written = syswrite($into, $data, $got - $done, $done);
            die "write: $!\n" unless $written;
            $done += $written;
        }
        $left -= $got;
    }
}

my ($inPlace, $members, $passed) = (1, 0, 0);
my $pages = $seed ? int((-s $seed) / $page) : 0;

sub member {
    my ($name) = @_;
    die "no such member: $name\n" unless $name =~ /^pages-\d+\.img\z/ && $seed;
    my $here = $inPlace && $members == 0;
    $members++;
    my $file = $seed;
    my $new = sub {
        # Not to reopen the seed's own handle.
        undef $file;
        open($file, '+>:raw', "$directory/$name") or die "$name: $!\n";
    };
    $new->() unless $here;
    sysseek($file, 0, 0);
    my $at = 0;
    while (1) {
        my $kind = take(1);
        if ($kind eq 'L') {
            my $count = unpack('N', take(4));
            need($count);
            if ($here) {
                my $first = $at / $page;
                for my $index ($first .. $first + int(($count - 1) / $page)) {
                    last if $index >= $pages;
                    sysseek($seed, $index * $page, 0);
                    sysread($seed, $old{$index}, $page) == $page or die "seed: $!\n";
                }
            }
            sysseek($file, $at, 0);
            save($file, $offset, $count);
            $offset += $count;
            $at += $count;
        } elsif ($kind eq 'C') {
            my ($first, $count) = unpack('Q> N', take(12));
            if ($inPlace && $first * $page != $at) {
                # Pages moved: from here on a file of its own, beginning with what was built so far.
                $inPlace = 0;
                if ($here) {
                    $here = 0;
                    $new->();
                    sysseek($seed, 0, 0);
                    copyPages($seed, $file, $at);
                }
            }
            if (!$here) {
                sysseek($file, $at, 0);
                copySeed($file, $first, $count);
            }
            $at += $count * $page;
        } elsif ($kind eq 'E') {
            my $size = unpack('Q>', take(8));
            die "$name is $at bytes long instead of $size\n" unless $at == $size;
            last;
        } else {
            die "not a record of a member\n";
        }
    }
    if ($here) {
        truncate($seed, $at) or die "$name: $!\n";
        link("$directory/seed", "$directory/$name") or die "$name: $!\n";
    }
    die "$name has the wrong length\n" unless -s "$directory/$name" == $at;
}

while (1) {
    my $kind = take(1);
    if ($kind eq 'R') {
        my $count = unpack('N', take(4));
        need($count);
        save($archive, $offset, $count);
        $offset += $count;
        $passed += $count;
    } elsif ($kind eq 'P') {
        my $count = unpack('N', take(4));
        member(take($count));
    } elsif ($kind eq 'Z') {
        my $size = unpack('Q>', take(8));
        die "the archive is $passed bytes long instead of $size\n" unless $passed == $size;
        last;
    } else {
        die "not a record\n";
    }
}
close($archive) or die "$archivePath: $!\n";
print "bytes $total\n";
