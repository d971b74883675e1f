using System.Text.RegularExpressions;
using Parley.Log;

namespace Parley.House;

/// <summary>What the modules bring together fits together.</summary>
public class CatalogTests
{
    /// <summary>No field of a body may bear one of these: on the wire both stand flat beside each other.</summary>
    private static readonly string[] EnvelopeNames =
    [
        "workspace", "subject", "conversation", "seq", "prev", "position", "at", "occurredAt", "type", "v", "author", "for", "visibility", "onlyFor", "via", "trigger",
        "historic", "command", "body", "clientId", "redacted",
    ];

    private static readonly (int From, int To, string Module)[] Numbers =
        [(1, 9, "Log"), (10, 19, "Platform"), (20, 29, "Workspaces"), (30, 39, "Contacts"), (40, 49, "Conversations"), (50, 59, "Inbox"), (60, 69, "Live"), (70, 79, "Routing"),
         (80, 89, "Notifications"), (90, 99, "Figures"), (100, 109, "Writing"),
         (220, 220, "Live"), (221, 221, "Figures"), (222, 222, "Inbox"), (223, 225, "Live"), (226, 226, "Inbox"), (227, 227, "Log"), (228, 229, "Live"), (252, 252, "Log"), (253, 256, "Channels"),
         (240, 249, "Channels")];

    [Fact]
    public void Every_migration_has_a_number_of_its_own_and_of_its_module()
    {
        var steps = Product.Modules.SelectMany(module => module.Migrations.Select(step => (module.Name, step.Number))).ToList();
        steps.GroupBy(step => step.Number).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
        steps.Where(step => !Numbers.Any(range => range.Module == step.Name && step.Number >= range.From && step.Number <= range.To)).ShouldBeEmpty();
    }

    [Fact]
    public void No_field_of_an_entry_bears_a_name_of_the_envelope() =>
        (from type in Product.Modules.SelectMany(module => module.Entries)
         from property in Platform.Json.Options.GetTypeInfo(type.Record).Properties
         where EnvelopeNames.Contains(property.Name)
         select $"{type.Name}.{property.Name}").ShouldBeEmpty();

    [Fact]
    public void The_envelope_has_no_field_that_the_list_lacks() => typeof(Entry).GetProperties()
        .Select(property => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name))
        .Where(name => name != "bodyJson")
        .Except(EnvelopeNames).ShouldBeEmpty();

    [Fact]
    public void Every_entry_of_the_tree_is_registered()
    {
        var registered = Product.Modules.SelectMany(module => module.Entries).Select(type => type.Record).ToHashSet();
        typeof(EntryBody).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(EntryBody)) && type != typeof(RedactedBody) && type != typeof(UnknownBody) && !registered.Contains(type))
            .ShouldBeEmpty();
        registered.Where(type => !type.IsSealed).ShouldBeEmpty();
    }

    [Fact]
    public void Every_module_folder_is_in_the_catalog_and_has_its_page()
    {
        // A folder that holds nothing but the names of its ids is none yet.
        foreach (var module in Tree.Product.Where(file => file.Name != "Ids.cs").Select(file => Tree.ModuleOf(file.Path)).OfType<string>().Distinct())
        {
            Product.Modules.Select(known => known.Name).ShouldContain(module, $"src/Parley/{module} is in no catalog.");
            var page = Tree.Sources.SingleOrDefault(file => file.Path == $"src/Parley/{module}/README.md");
            page.ShouldNotBeNull($"src/Parley/{module} has no README.md: what it is, the rules it protects, who it talks to.");
            page.Length.ShouldBeLessThanOrEqualTo(25, page.Path);
        }
    }

    [Fact]
    public void The_root_holds_at_most_twenty_two_entries_and_tells_what_changed()
    {
        Tree.Files.Select(path => path.Split('/')[0]).Distinct().Count().ShouldBeLessThanOrEqualTo(22);
        Tree.Files.ShouldContain("CHANGELOG.md");
        Tree.Files.ShouldContain("LICENSE");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Tree.Sources.Single(file => file.Path == "Parley.slnx").Text;
        Tree.Files.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && !path.StartsWith("bench/", StringComparison.Ordinal))
            .Where(path => !Regex.IsMatch(solution, $"\"{Regex.Escape(path)}\"")).ShouldBeEmpty();
    }
}
