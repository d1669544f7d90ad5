package io.larder.cluster.registry;

import static io.larder.cluster.view.Given.cluster;
import static io.larder.cluster.view.Given.group;
import static io.larder.cluster.view.Given.policy;
import static io.larder.cluster.view.Given.storage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.cluster.admin.DeleteGroup;
import io.larder.cluster.admin.DeleteStorage;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.Given;
import io.larder.protocol.RefusedException;
import io.larder.protocol.wire.StorageStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class InMemoryRegistryTest {
  private final List<Effect> written = new ArrayList<>();
  private final ClusterView start =
      cluster(group("group1", storage("a", StorageStatus.OFFLINE, 5)));
  private final InMemoryRegistry registry =
      new InMemoryRegistry(
          start,
          Given.rules(policy().build()),
          () -> 42_999,
          Runnable::run,
          (_, effects) -> written.addAll(effects));

  @Test
  void aChangeMakesANewViewAndHasItWrittenDown() throws Exception {
    boolean answer = registry.apply(new DeleteStorage("group1", "a")).toCompletableFuture().get();

    assertThat(answer).isTrue();
    assertThat(registry.view()).isNotSameAs(start);
    assertThat(written)
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.LogChange.class, log -> assertThat(log.line().timestamp()).isEqualTo(42));
  }

  @Test
  void aRefusedChangeLeavesTheViewAndSaysWhy() {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> registry.apply(new DeleteGroup("group1")).toCompletableFuture().get())
        .withCauseInstanceOf(RefusedException.class);
    assertThat(registry.view()).isSameAs(start);
    assertThat(written).isEmpty();
  }

  @Test
  void aFaultOfOursLeavesTheViewAsItWas() {
    Change<Boolean> broken =
        (_, _, _) -> {
          throw new IllegalStateException("broken rule");
        };

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> registry.apply(broken).toCompletableFuture().get())
        .withCauseInstanceOf(IllegalStateException.class);
    assertThat(registry.view()).isSameAs(start);
  }
}
