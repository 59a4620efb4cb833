package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineFile;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.build.BenchmarkAction;
import io.jenkins.plugins.livemigration.jenkins.config.LabSource;
import io.jenkins.plugins.livemigration.jenkins.config.Labs;
import io.jenkins.plugins.livemigration.jenkins.job.JobBaseline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Everything up to the moment at which the engine runs. */
final class Preparation {
    private static final int LONGEST_PLAN = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BenchmarkRequest request;
    private final Run<?, ?> run;
    private final FilePath workspace;
    private final EnvVars environment;
    private final TaskListener listener;
    private final Authentication asWhom;

    /**
     * A preparation.
     *
     * @param asWhom who the build runs as: another job's history is read only if they may read the job
     */
    Preparation(
            BenchmarkRequest request,
            Run<?, ?> run,
            FilePath workspace,
            EnvVars environment,
            TaskListener listener,
            Authentication asWhom) {
        this.request = request;
        this.run = run;
        this.workspace = workspace;
        this.environment = environment;
        this.listener = listener;
        this.asWhom = asWhom;
    }

    /**
     * Starts the engine; blocks on the agent.
     *
     * @param key names the run's folder: asked again with the same key, it finds the engine that it has started
     * @throws AbortException if the request is wrong; says why
     */
    Started start(String key) throws IOException, InterruptedException {
        Node node = node();
        FilePath root = node.getRootPath();
        if (root == null) {
            throw new AbortException(Words.text("step.noAgent"));
        }
        Optional<LabSource.Defined> lab = lab(node);
        PlanAssembly.Assembled.Plan plan = plan(lab);
        if (lab.isPresent() && request.lab().isEmpty()) {
            listener.getLogger()
                    .println(Words.text("lab.chosen", lab.get().lab().getName()));
        }
        BenchmarkAction.of(run).begin(plan.name(), key);
        ObjectNode input = JSON.createObjectNode();
        input.set("plan", plan.plan());
        input.put("starter", run.getParent().getFullName() + " #" + run.getNumber());
        ObjectNode secrets = Secrets.of(plan, run, lab.map(LabSource.Defined::home));
        input.set("credentials", secrets);
        Optional<Baseline> baseline = new JobBaseline(run, baselineJob()).of(plan.name(), plan.plan());
        if (baseline.isPresent()) {
            BenchmarkAction.of(run).keep(plan.name(), baseline.get());
            input.set("baseline", JSON.readTree(BaselineFile.text(baseline.get())));
        }
        FilePath home = root.child(EngineFiles.HOME);
        FilePath jar = EngineJar.installBelow(home);
        home.child("runs").act(new RemoveRuns());
        FilePath folder = home.child("runs").child(key);
        EngineIdentity engine = folder.act(new LaunchEngine(
                jar.getRemote(),
                request.abandonAfter(),
                Locale.getDefault().getLanguage(),
                JSON.writeValueAsBytes(input)));
        listener.getLogger().println(Words.text("step.started", plan.name(), node.getDisplayName(), engine.pid()));
        return new Started(
                plan.name(),
                new EngineLink(node.getNodeName(), folder.getRemote(), jar.getRemote(), engine),
                Masking.of(secrets));
    }

    /** Secrets alone, for a recovery. */
    byte[] secrets() throws IOException, InterruptedException {
        ObjectNode input = JSON.createObjectNode();
        input.set("credentials", lookedUp());
        return JSON.writeValueAsBytes(input);
    }

    /** What has to be hidden, after a restart of the controller. */
    Masking masking() throws IOException, InterruptedException {
        return Masking.of(lookedUp());
    }

    private ObjectNode lookedUp() throws IOException, InterruptedException {
        Optional<LabSource.Defined> lab = lab(node());
        return Secrets.of(plan(lab), run, lab.map(LabSource.Defined::home));
    }

    private Node node() throws AbortException {
        Computer computer = workspace.toComputer();
        Node node = computer == null ? null : computer.getNode();
        if (node == null) {
            throw new AbortException(Words.text("step.noAgent"));
        }
        return node;
    }

    private PlanAssembly.Assembled.Plan plan(Optional<LabSource.Defined> lab) throws IOException, InterruptedException {
        PlanAssembly.Assembled assembled = assembled(lab);
        if (assembled instanceof PlanAssembly.Assembled.Wrong wrong) {
            wrong.mistakes().forEach(listener.getLogger()::println);
            throw new AbortException(Words.text("step.badPlan", wrong.mistakes().size()));
        }
        return (PlanAssembly.Assembled.Plan) assembled;
    }

    private PlanAssembly.Assembled assembled(Optional<LabSource.Defined> lab) throws IOException, InterruptedException {
        PlanDocument document =
                PlanDocument.of(request, this::variable, path -> workspace.act(new ReadFile(path, LONGEST_PLAN)));
        return new PlanAssembly(parameters(), document.bytes(), document.format())
                .assemble(lab.map(defined -> defined.lab().partOfPlan()), this::variable);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    private Optional<LabSource.Defined> lab(Node node) throws IOException, InterruptedException {
        if (request.lab().isEmpty()) {
            return onlyLab(node);
        }
        String name = request.lab().get();
        // One sentence for both: who may not use a lab need not learn that there is one.
        LabSource.Defined found = Labs.find(name, run.getParent())
                .filter(defined -> defined.lab().allows(run.getParent().getFullName()))
                .orElseThrow(() -> new AbortException(
                        Words.text("lab.refused", name, run.getParent().getFullName())));
        if (!reaches(node, found)) {
            throw new AbortException(Words.text(
                    "lab.otherAgent", name, String.valueOf(found.lab().getLabel()), node.getDisplayName()));
        }
        return Optional.of(found);
    }

    /**
     * A plan that speaks of hosts or clusters which it does not describe, and names no lab, means the one lab that makes it
     * whole, of those that the job may use and this agent reaches. None if it is whole by itself, or if no lab helps.
     */
    private Optional<LabSource.Defined> onlyLab(Node node) throws IOException, InterruptedException {
        if (assembled(Optional.empty()) instanceof PlanAssembly.Assembled.Plan) {
            return Optional.empty();
        }
        List<LabSource.Defined> fitting = new ArrayList<>();
        for (LabSource.Defined lab : Labs.usable(run.getParent())) {
            if (reaches(node, lab) && assembled(Optional.of(lab)) instanceof PlanAssembly.Assembled.Plan) {
                fitting.add(lab);
            }
        }
        if (fitting.size() > 1) {
            throw new AbortException(Words.text(
                    "lab.several",
                    fitting.stream().map(one -> one.lab().getName()).collect(Collectors.joining(", "))));
        }
        return fitting.stream().findFirst();
    }

    private static boolean reaches(Node node, LabSource.Defined lab) {
        String label = lab.lab().getLabel();
        return label == null || node.getAssignedLabels().contains(new LabelAtom(label));
    }

    /** The job whose builds this one is compared with. One sentence for both: who may not see a job need not learn of it. */
    private Optional<Job<?, ?>> baselineJob() throws AbortException {
        if (request.baselineJob().isEmpty()) {
            return Optional.empty();
        }
        String path = Variables.parameter("baselineJob", request.baselineJob().get(), this::variable);
        Job<?, ?> job = Jenkins.get().getItem(path, run.getParent(), Job.class);
        if (job == null || !job.hasPermission2(asWhom, Item.READ)) {
            throw new AbortException(Words.text("baseline.noJob", path, asWhom.getName()));
        }
        return Optional.of(job);
    }

    private ObjectNode parameters() {
        try {
            return (ObjectNode) JSON.readTree(request.parameters());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("parameters that the step wrote", impossible);
        }
    }

    /** An engine that runs. */
    static final class Started {
        private final String name;
        private final EngineLink link;
        private final Masking masking;

        Started(String name, EngineLink link, Masking masking) {
            this.name = name;
            this.link = link;
            this.masking = masking;
        }

        /** Hides the secrets that the engine was given. */
        Masking masking() {
            return masking;
        }

        /** The benchmark's name. */
        String name() {
            return name;
        }

        EngineLink link() {
            return link;
        }
    }
}
