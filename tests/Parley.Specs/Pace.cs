[assembly: TestCollectionOrderer("Parley.Tests.Cast.LongestFirst", "Parley.Specs")]
