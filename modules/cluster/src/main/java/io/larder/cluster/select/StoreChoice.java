package io.larder.cluster.select;

import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;

/// Where an upload goes.
public record StoreChoice(GroupView group, StorageView storage, int path) {}
