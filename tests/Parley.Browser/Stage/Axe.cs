using System.Text.Json;

namespace Parley.Browser.Stage;

/// <summary>Holds what is shown against WCAG 2.2 AA, as far as a machine can.</summary>
public static class Axe
{
    /// <summary>In the light everything, in the dark what colours can break.</summary>
    /// <param name="part">Which part of it, where the rest has been audited before.</param>
    public static async Task Audit(IFrame frame, string what, string part = "html")
    {
        if (!await frame.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await frame.EvaluateAsync(await File.ReadAllTextAsync(Tree.File("web", "node_modules", "axe-core", "axe.min.js")));
        }

        await Run(frame, "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }", part, what);
        await frame.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Drawn(frame);
        await Run(frame, "{ type: 'rule', values: ['color-contrast'] }", part, $"{what}, dark");
        await frame.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Drawn(frame);
    }

    /// <summary>In the colours that were asked for: these browsers want no motion, so nothing fades from one into the other.</summary>
    private static Task Drawn(IFrame frame) => frame.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

    private static async Task Run(IFrame frame, string only, string part, string what)
    {
        var found = await frame.EvaluateAsync<JsonElement>($$"""
            async () => {
              const { violations } = await axe.run(document.querySelector('{{part}}'), { iframes: false, resultTypes: ['violations'], runOnly: {{only}} });
              return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(0, 200)}: ${node.failureSummary?.slice(0, 300)}`));
            }
            """);
        found.EnumerateArray().Select(violation => violation.GetString()).ShouldBeEmpty(what);
    }
}
