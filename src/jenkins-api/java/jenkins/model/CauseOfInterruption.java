package jenkins.model;

public abstract class CauseOfInterruption {}
