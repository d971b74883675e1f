using System.Text.Json;

namespace Parley.Browser.Stage;

/// <summary>Holds what is shown against WCAG 2.2 AA, as far as a machine can.</summary>
public static class Axe
{
    public static async Task Audit(IFrame frame, string what)
    {
        await frame.EvaluateAsync(await File.ReadAllTextAsync(Tree.File("web", "node_modules", "axe-core", "axe.min.js")));
        var found = await frame.EvaluateAsync<JsonElement>("""
            async () => {
              const { violations } = await axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
              return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(0, 200)}: ${node.failureSummary?.slice(0, 300)}`));
            }
            """);
        found.EnumerateArray().Select(violation => violation.GetString()).ShouldBeEmpty(what);
    }
}
