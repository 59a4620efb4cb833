# Reads the private memory of processes, page by page, in the order in which a checkpoint will hold it, to standard output.
# Arguments: process IDs. Only pages that exist are read (/proc/PID/pagemap): reading must not make any.
# The processes go on meanwhile; what changes is found out later, so that nothing here has to be exact.
use strict;
use warnings;
my $page = 4096;
my $most = 256;
binmode STDOUT;
for my $pid (@ARGV) {
    open(my $maps, '<', "/proc/$pid/maps") or next;
    my @areas = grep { / [r-][w-][x-]p / } <$maps>;
    close $maps;
    open(my $table, '<:raw', "/proc/$pid/pagemap") or die "pagemap of $pid: $!\n";
    open(my $memory, '<:raw', "/proc/$pid/mem") or die "memory of $pid: $!\n";
    for my $area (@areas) {
        next if $area =~ /\[vvar|\[vsyscall/;
        my ($from, $to) = $area =~ /^([0-9a-f]+)-([0-9a-f]+) / or next;
        no warnings 'portable';
        my ($at, $end) = (hex($from) / $page, hex($to) / $page);
        use warnings;
        while ($at < $end) {
            my $count = $end - $at > 65536 ? 65536 : $end - $at;
            sysseek($table, $at * 8, 0);
            my $got = sysread($table, my $entries, $count * 8);
            last unless $got;
            # Bits 63 and 62: present, swapped; bit 61: still the file's own page.
            my @entries = map { $_ >> 61 } unpack('Q<*', $entries);
            my $i = 0;
            while ($i < @entries) {
                if ($entries[$i] < 2 || $entries[$i] & 1) { $i++; next; }
                my $run = 1;
                $run++ while $run < $most && $i + $run < @entries && $entries[$i + $run] >= 2 && !($entries[$i + $run] & 1);
                sysseek($memory, ($at + $i) * $page, 0);
                my $wanted = $run * $page;
                my $read = sysread($memory, my $data, $wanted);
                if ($read) {
                    $data = substr($data, 0, $read - $read % $page);
                    my $done = 0;
                    while ($done < length $data) {
                        my $written = syswrite(STDOUT, $data, length($data) - $done, $done);
                        die "write: $!\n" unless $written;
                        $done += $written;
                    }
                }
                $i += $run;
            }
            $at += $count;
        }
    }
}
