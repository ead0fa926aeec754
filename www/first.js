// Runs before everything else, in browsers of any age (ES5 only): when the page's own script never starts, it says why, as
// far as that can be told, and what works instead, in place of the waiting text.
(function () {
  var BROWSERS = "an up-to-date Microsoft Edge, Google Chrome, Firefox or Safari";
  var OTHERWISE = " If you have no other browser and a return to fill in, use the blank form to print: it lies in the folder “blank” that came with this page, or " +
    "on the front page of its website. Tell the contact named in the letter before the return is due.";
  var missing = "";

  function reason() {
    if (document.documentMode) {
      return (
        "This page is open in Internet Explorer, or in Internet Explorer mode, where it cannot run. Leave that mode, " +
        "or open the page in " + BROWSERS + "." + OTHERWISE
      );
    }
    if (missing) {
      return (
        "A part of this page did not arrive (" + missing + "). Load the page again. If that does not help, ask whoever " +
        "looks after it to put all its files into one folder, or open the page that is one file."
      );
    }
    return "This page cannot start in this browser. Open it in " + BROWSERS + "." + OTHERWISE;
  }

  function tell() {
    var place = document.getElementById("starting");
    if (window.iaReturns || !place) {
      return;
    }
    place.className = "ia-notice";
    place.innerText = reason();
  }

  // The oldest documents of Internet Explorer mode know only the second way.
  if (!window.addEventListener) {
    window.attachEvent("onload", tell);
    return;
  }
  function lost(event) {
    var script = event.target;
    if (script && script.tagName === "SCRIPT") {
      missing = missing || script.getAttribute("src");
    }
  }
  window.addEventListener("error", lost, true);
  window.addEventListener("load", tell);
})();
