using System.Text.Json;

namespace Parley.Browser.Stage;

/// <summary>Where somebody stands who has the keys alone: on something, on the screen, and so that they see it.</summary>
public static class Footing
{
    /// <summary>What has the focus, and what is wrong with it. A field shows where one writes by its caret, a heading is read out.</summary>
    private const string Where = """
        () => {
          const at = document.activeElement;
          if (!at || at === document.body) return ['', 'nothing has the focus', ''];
          const box = at.getBoundingClientRect();
          const name = (at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText ?? '').trim().replace(/\s+/g, ' ').slice(0, 80);
          const rings = [at, ...at.querySelectorAll('*')].some(it => { const { outlineStyle, outlineWidth } = getComputedStyle(it); return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0; });
          const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
          const wrong = !seen ? 'it is beside the screen' : rings || at.matches('textarea, input:not([type=checkbox], [type=radio]), h1, h2, [role^=menuitem], iframe') ? '' : 'nothing shows that it has the focus';
          return [`${at.tagName.toLowerCase()} ${name}`, wrong, at.closest('dialog')?.getAttribute('aria-label') ?? ''];
        }
        """;

    /// <summary>Says where that is.</summary>
    public static async Task<string> Stands(IPage page, string what)
    {
        var (name, wrong, _) = await Read(page);
        wrong.ShouldBeEmpty($"{what}: {name}");
        return name;
    }

    /// <summary>A whole round with Tab: one sees every stop, and comes out again at the window itself.</summary>
    /// <param name="within">The dialog in which one stays.</param>
    public static async Task<List<string>> Round(IPage page, string what, string? within = null)
    {
        var stops = new List<string>();
        var begun = false;
        for (var presses = 0; presses < 200; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (name, wrong, dialog) = await Read(page);
            if (name.Length == 0)
            {
                // Where the round begins one has passed the window once; so many stops before are half a round.
                if (begun)
                {
                    return stops;
                }

                begun = true;
                continue;
            }

            wrong.ShouldBeEmpty($"{what}: {name}");
            if (within is not null)
            {
                dialog.ShouldBe(within, $"{what}: {name}");
            }

            if (begun)
            {
                stops.Add(name);
            }
        }

        throw new ShouldAssertException($"{what}: Tab never comes out of {string.Join(" · ", stops)}");
    }

    private static async Task<(string Name, string Wrong, string Dialog)> Read(IPage page)
    {
        var read = await page.EvaluateAsync<JsonElement>(Where);
        return (read[0].GetString()!, read[1].GetString()!, read[2].GetString()!);
    }
}
