package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.conformance.client.Call;
import io.larder.conformance.client.ClientFault;
import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Target;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// That a client really cannot do what scenarios are left out for: an excuse that is not true any more must go.
abstract class ExcuseContract extends Scenarios {
  ExcuseContract(NativeClient client, Target target) {
    super(client, target);
  }

  @TestFactory
  Stream<DynamicTest> whatTheClientIsSaidNotToDoItDoesNot() {
    return client.cannotMake().keySet().stream()
        .sorted()
        .map(call ->
            DynamicTest.dynamicTest(
                "cannot " + call.told(),
                () ->
                    assertThatThrownBy(() -> make(call))
                        .isInstanceOfAny(ClientFault.class, UnsupportedOperationException.class)));
  }

  private void make(Call call) {
    StoredFile file = client.upload(text("content"), "txt");
    switch (call) {
      case REGENERATE -> client.regenerate(client.uploadAppender(text("abc"), "log"));
      case TRUNCATE_TO_SIZE -> client.truncate(client.uploadAppender(text("abc"), "log"), 2);
      case LIST_GROUPS -> client.groups();
      case LIST_STORAGES -> client.storages(target.group());
      case ALL_STORES -> client.stores(target.group());
      case ALL_SOURCES -> client.sources(file);
      case NO_EXTENSION -> client.upload(text("x"), "");
      case SLAVE_WITHOUT_EXTENSION -> client.uploadSlave(file, "_s", "", text("x"));
      case SLAVE_WITHOUT_PREFIX -> client.uploadSlave(file, "", "png", text("x"));
      case SLAVE_NAMED_AS_METADATA -> client.uploadSlave(file, "-m", "", text("x"));
      case NO_METADATA -> client.setMetadata(file, Map.of());
      case LONG_METADATA -> client.setMetadata(file, Map.of("n".repeat(65), "v"));
      case MALFORMED_NAME -> client.download(file.named("M00/00/0g/" + "x".repeat(34)));
      case MALFORMED_GROUP -> client.download(new StoredFile("group 1", file.name()));
      case BLANK_GROUP -> client.download(new StoredFile(" ", file.name()));
      case NEGATIVE_RANGE -> client.download(file, -1, 1);
      case ODD_EXTENSION -> client.upload(text("x"), "a b");
    }
  }
}
