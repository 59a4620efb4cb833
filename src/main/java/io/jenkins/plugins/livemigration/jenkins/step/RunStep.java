package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.jenkins.plan.CaptureParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.CommandParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.ConfirmParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.PlanPart;
import io.jenkins.plugins.livemigration.jenkins.plan.WindowParameter;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** A step as far as it says how a run goes: the plan's keys that stand for no thing of their own. */
public abstract class RunStep extends ConductedStep {
    private @Nullable String name;
    private @Nullable Integer samples;
    private @Nullable Integer warmup;
    private @Nullable String directions;
    private @Nullable CommandParameter returnBy;
    private @Nullable String pause;
    private @Nullable Boolean freshStart;
    private @Nullable WindowParameter window;
    private @Nullable String sampleTimeout;
    private @Nullable Integer stopAfterFailures;
    private @Nullable String waitForWorkload;
    private @Nullable List<CaptureParameter> capture;
    private @Nullable ConfirmParameter confirm;
    private @Nullable Boolean calibrate;

    public final @Nullable String getName() {
        return name;
    }

    @DataBoundSetter
    public final void setName(@Nullable String name) {
        this.name = PlanPart.given(name);
    }

    public final @Nullable Integer getSamples() {
        return samples;
    }

    @DataBoundSetter
    public final void setSamples(@Nullable Integer samples) {
        this.samples = samples;
    }

    public final @Nullable Integer getWarmup() {
        return warmup;
    }

    @DataBoundSetter
    public final void setWarmup(@Nullable Integer warmup) {
        this.warmup = warmup;
    }

    public final @Nullable String getDirections() {
        return directions;
    }

    @DataBoundSetter
    public final void setDirections(@Nullable String directions) {
        this.directions = PlanPart.given(directions);
    }

    public final @Nullable CommandParameter getReturnBy() {
        return returnBy;
    }

    @DataBoundSetter
    public final void setReturnBy(@Nullable CommandParameter returnBy) {
        this.returnBy = returnBy;
    }

    public final @Nullable String getPause() {
        return pause;
    }

    @DataBoundSetter
    public final void setPause(@Nullable String pause) {
        this.pause = PlanPart.given(pause);
    }

    public final @Nullable Boolean getFreshStart() {
        return freshStart;
    }

    @DataBoundSetter
    public final void setFreshStart(@Nullable Boolean freshStart) {
        this.freshStart = Boolean.TRUE.equals(freshStart) ? true : null;
    }

    public final @Nullable WindowParameter getWindow() {
        return window;
    }

    @DataBoundSetter
    public final void setWindow(@Nullable WindowParameter window) {
        this.window = window;
    }

    public final @Nullable String getSampleTimeout() {
        return sampleTimeout;
    }

    @DataBoundSetter
    public final void setSampleTimeout(@Nullable String sampleTimeout) {
        this.sampleTimeout = PlanPart.given(sampleTimeout);
    }

    public final @Nullable Integer getStopAfterFailures() {
        return stopAfterFailures;
    }

    @DataBoundSetter
    public final void setStopAfterFailures(@Nullable Integer stopAfterFailures) {
        this.stopAfterFailures = stopAfterFailures;
    }

    public final @Nullable String getWaitForWorkload() {
        return waitForWorkload;
    }

    @DataBoundSetter
    public final void setWaitForWorkload(@Nullable String waitForWorkload) {
        this.waitForWorkload = PlanPart.given(waitForWorkload);
    }

    public final @Nullable List<CaptureParameter> getCapture() {
        return capture;
    }

    @DataBoundSetter
    public final void setCapture(@Nullable List<CaptureParameter> capture) {
        this.capture = PlanPart.given(capture);
    }

    public final @Nullable ConfirmParameter getConfirm() {
        return confirm;
    }

    @DataBoundSetter
    public final void setConfirm(@Nullable ConfirmParameter confirm) {
        this.confirm = confirm;
    }

    public final @Nullable Boolean getCalibrate() {
        return calibrate;
    }

    @DataBoundSetter
    public final void setCalibrate(@Nullable Boolean calibrate) {
        this.calibrate = Boolean.TRUE.equals(calibrate) ? true : null;
    }

    /** Writes these keys. */
    final void writeRun(ObjectNode plan) {
        new PlanPart(plan)
                .put("name", name)
                .put("samples", samples)
                .put("warmup", warmup)
                .put("directions", directions)
                .put("pause", pause)
                .put("freshStart", freshStart)
                .put("sampleTimeout", sampleTimeout)
                .put("stopAfterFailures", stopAfterFailures)
                .put("waitForWorkload", waitForWorkload)
                .put("calibrate", calibrate);
        object(plan, "returnBy", returnBy, CommandParameter::write);
        object(plan, "window", window, WindowParameter::write);
        list(plan, "capture", capture, CaptureParameter::write);
        if (confirm != null) {
            confirm.writeInto(plan, "confirm");
        }
    }

    /** Writes a mapping, if there is one. */
    static <T> void object(ObjectNode plan, String key, @Nullable T value, BiConsumer<T, ObjectNode> write) {
        if (value != null) {
            write.accept(value, plan.putObject(key));
        }
    }

    /** Writes a list, if there is one. */
    static <T> void list(ObjectNode plan, String key, @Nullable List<T> items, BiConsumer<T, ObjectNode> write) {
        if (items != null) {
            ArrayNode list = plan.putArray(key);
            items.forEach(item -> write.accept(item, list.addObject()));
        }
    }
}
