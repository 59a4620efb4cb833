package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A platform in memory: the workload is a name that is in one place. It does what a script tells, then succeeds. */
final class FakePlatform implements MigrationDriver {
    /** What a call of migrate shall do. */
    interface Behaviour {
        MigrationOutcome migrate(FakePlatform platform, String from, String to, Cancellation cancellation);
    }

    final List<String> moves = new ArrayList<>();
    final Deque<Behaviour> script = new ArrayDeque<>();
    final FakeLeases leases = new FakeLeases();
    final List<Finding> findings = new ArrayList<>();
    Whereabouts place;
    Whereabouts afterRecovery;
    int recoveries;
    /** What the platform reports as the next downtimes, in milliseconds; it reports none when they are used up. */
    final Deque<Double> downtimes = new ArrayDeque<>();
    /** Says that it is done, and is not. */
    boolean staysPut;

    FakePlatform(String host) {
        place = new Whereabouts.RunningOn(host);
        afterRecovery = place;
    }

    static Behaviour failing(String host) {
        return (platform, from, to, cancellation) -> {
            platform.place = new Whereabouts.NotRunning(Message.literal("stopped"));
            platform.afterRecovery = new Whereabouts.RunningOn(host);
            return new MigrationOutcome.Failed("restore", Message.literal("no image"), platform.place);
        };
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String workloadKey() {
        return "fake:web";
    }

    @Override
    public List<Finding> preflight(boolean workloadPresent) {
        return List.copyOf(findings);
    }

    @Override
    public Map<String, Map<String, String>> environment() {
        return Map.of("a", Map.of("kernel", "6.1"), "b", Map.of("kernel", "6.12"));
    }

    @Override
    public Whereabouts locate() {
        return place;
    }

    @Override
    public MigrationOutcome migrate(String from, String to, MigrationListener listener, Cancellation cancellation) {
        moves.add(from + ">" + to);
        listener.requested();
        listener.phaseStarted("transfer");
        Behaviour behaviour = script.poll();
        if (behaviour != null) {
            MigrationOutcome outcome = behaviour.migrate(this, from, to, cancellation);
            if (!(outcome instanceof MigrationOutcome.Completed)) {
                return outcome;
            }
        }
        listener.phaseEnded("transfer", OptionalLong.of(1024));
        Double downtime = downtimes.poll();
        if (downtime != null) {
            listener.figure(Metrics.DOWNTIME_REPORTED, Figure.of(downtime));
        }
        if (!staysPut) {
            place = new Whereabouts.RunningOn(to);
        }
        staysPut = false;
        listener.mark(Mark.Kind.CONFIRMED);
        return new MigrationOutcome.Completed();
    }

    @Override
    public Recovery recover() {
        recoveries++;
        place = afterRecovery;
        return new Recovery(place, List.of(Message.literal("looked")));
    }

    @Override
    public LeaseStore leases() {
        return leases;
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** A lease in memory. */
    static final class FakeLeases implements LeaseStore {
        Optional<Holder> holder = Optional.empty();
        Optional<String> unreleasable = Optional.empty();
        int released;
        int acquired;
        Runnable whenLookedAt = () -> {};
        final Deque<Runnable> beforeAcquiring = new ArrayDeque<>();

        @Override
        public Attempt acquire(String owner, Duration validity) {
            if (!beforeAcquiring.isEmpty()) {
                beforeAcquiring.remove().run();
            }
            if (holder.isPresent()) {
                return new Refused(holder.get());
            }
            acquired++;
            holder = Optional.of(new Holder("a", owner, Optional.empty(), false));
            return new Held(owner);
        }

        @Override
        public boolean renew(Held lease, Duration validity) {
            return holder.filter(current -> current.owner().equals(lease.token()))
                    .isPresent();
        }

        @Override
        public Optional<String> release(Held lease) {
            if (unreleasable.isPresent()) {
                return unreleasable;
            }
            released++;
            holder = holder.filter(current -> !current.owner().equals(lease.token()));
            return Optional.empty();
        }

        @Override
        public List<Holder> holders() {
            List<Holder> seen = holder.stream().toList();
            if (!seen.isEmpty()) {
                whenLookedAt.run();
            }
            return seen;
        }

        @Override
        public List<Holder> breakLease() {
            List<Holder> broken = holders();
            holder = Optional.empty();
            return broken;
        }
    }
}
