package io.jenkins.plugins.checks.api;

public class ChecksOutput {
    ChecksOutput() {}

    public static class ChecksOutputBuilder {
        public ChecksOutputBuilder withTitle(String title) {
            return this;
        }

        public ChecksOutputBuilder withSummary(String summary) {
            return this;
        }

        public ChecksOutputBuilder withText(String text) {
            return this;
        }

        public ChecksOutput build() {
            return null;
        }
    }
}
