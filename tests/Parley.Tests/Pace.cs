// Most tests wait for something half of the time: more of them at once than there are processors.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: TestCollectionOrderer("Parley.Tests.Cast.LongestFirst", "Parley.Tests")]
