package io.jenkins.plugins.checks.api;

public class ChecksDetails {
    ChecksDetails() {}

    public static class ChecksDetailsBuilder {
        public ChecksDetailsBuilder withName(String name) {
            return this;
        }

        public ChecksDetailsBuilder withStatus(ChecksStatus status) {
            return this;
        }

        public ChecksDetailsBuilder withConclusion(ChecksConclusion conclusion) {
            return this;
        }

        public ChecksDetailsBuilder withOutput(ChecksOutput output) {
            return this;
        }

        public ChecksDetails build() {
            return null;
        }
    }
}
