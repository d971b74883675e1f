using Xunit.Abstractions;

namespace Parley.Tests.Cast;

/// <summary>
/// What takes long begins first, so that the end of a run waits for nobody: classes that say so with <c>[Trait("takes", "long")]</c>, and those that share a collection, which run one after
/// the other.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private const string Class = "Test collection for ";

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(collection => IsLong(collection) ? 0 : 1);

    private static bool IsLong(ITestCollection collection) =>
        !collection.DisplayName.StartsWith(Class, StringComparison.Ordinal)
        || (collection.TestAssembly.Assembly.GetType(collection.DisplayName[Class.Length..]) is { } type
            && type.GetCustomAttributes(typeof(TraitAttribute).AssemblyQualifiedName).Any(trait => trait.GetConstructorArguments().Cast<string>().SequenceEqual(["takes", "long"])));
}
